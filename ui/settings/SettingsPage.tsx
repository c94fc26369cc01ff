import { useQuery } from "@tanstack/react-query";
import { partnerRoles } from "../../contract/authority.ts";
import { pages } from "../../contract/pages.ts";
import { meQuery } from "../client/me-query.ts";
import { FactList } from "../kit/FactList.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { Section } from "../kit/Section.tsx";
import { useTitle } from "../kit/use-title.ts";
import { settingsTexts } from "./settings-texts.ts";

const words = settingsTexts.settings;

/** The agent's own account. */
export function SettingsPage() {
  useTitle(pages.settings.title);
  const me = useQuery(meQuery);
  return (
    <>
      <PageHead title={pages.settings.title} />
      <QueryGate query={me}>
        {({ name, email, partnerRole, twoFactorEnabled }) => (
          <Section title={words.account}>
            <FactList
              facts={[
                { label: words.name, value: name },
                { label: words.email, value: email },
                { label: words.role, value: partnerRole === null ? null : partnerRoles[partnerRole].label },
                { label: words.twoFactor, value: twoFactorEnabled ? words.twoFactorOn : words.twoFactorOff },
              ]}
            />
          </Section>
        )}
      </QueryGate>
    </>
  );
}
