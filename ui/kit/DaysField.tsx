import { SelectField } from "./SelectField.tsx";
import { texts } from "./texts.ts";

/** From a day to two years, as grants and API keys last. */
const usualDays = [1, 7, 30, 90, 180, 365, 730];

/** A choice of how many days something lasts from now on. */
export function DaysField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (days: number) => void;
}) {
  return (
    <SelectField
      label={label}
      value={String(value)}
      choices={usualDays.map((days) => ({ value: String(days), label: texts.units.days(days) }))}
      onChange={(days) => onChange(Number(days))}
    />
  );
}
