import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { uploadTexts } from "./upload-texts.ts";
import { SelectField } from "../kit/SelectField.tsx";
import styles from "./UpnPatternField.module.css";

const words = uploadTexts.upload;
const common = ["{givenName}.{surname}", "{g}{surname}", "{givenName}{s}", "{givenName}"] as const;
const ownChoice = "own";

/** A choice of the usual patterns for usernames that a file does not have, or one of the agent's own. */
export function UpnPatternField({
  value,
  problem,
  onChange,
}: {
  value: string;
  problem?: string | undefined;
  onChange: (pattern: string) => void;
}) {
  const usual = value === "" || common.some((pattern) => pattern === value);
  const [own, setOwn] = useState(!usual);
  return (
    <div className={styles.fields}>
      <SelectField
        label={words.upnPattern}
        hint={words.upnPatternHint}
        value={own || !usual ? ownChoice : value}
        choices={[
          { value: "", label: words.asInFile },
          ...common.map((pattern) => ({ value: pattern, label: words.upnPatterns[pattern] })),
          { value: ownChoice, label: words.upnPatternOwn },
        ]}
        onChange={(next) => {
          setOwn(next === ownChoice);
          if (next !== ownChoice) onChange(next);
        }}
      />
      {(own || !usual) && (
        <Field
          label={words.upnPatternField}
          hint={words.upnPatternFieldHint}
          {...(problem !== undefined && { validationMessage: problem })}
        >
          <Input value={value} spellCheck={false} onChange={(_event, data) => onChange(data.value)} />
        </Field>
      )}
    </div>
  );
}
