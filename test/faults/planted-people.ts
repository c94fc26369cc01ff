/** A word that stands in every planted value that is not a password; nothing of Muster's own holds it. */
export const mark = "zyxplant";

/** A word that stands in every planted password. */
export const secretMark = "zyxsecret";

/** The agent who approves: what stands before the @ is the name as well. */
export const plantedAgent = { email: `${mark}.agent@partner.example`, password: `A ${secretMark} of an agent` };

/** A telephone number, which cannot hold a word. */
export const phone = "+31 99 8877 6655";

/** A planted person: every field that a file may bring holds a mark. `more` replaces single fields. */
export function plantedPerson(domain: string, name: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    "User principal name": `${mark}.${name}@${domain}`,
    "Display name": `${mark} display ${name}`,
    "First name": `${mark} given`,
    "Last name": `${mark} surname ${name}`,
    "Job title": `${mark} title`,
    Department: `${mark} department`,
    "Company name": `${mark} company`,
    Office: `${mark} office`,
    "Street address": `${mark} street 77`,
    City: `${mark} city`,
    "State or province": `${mark} state`,
    "Postal code": `${mark} 1234`,
    Country: "Netherlands",
    "Usage location": "NL",
    "Office phone": phone,
    "Mobile phone": phone,
    Fax: `${mark} fax ${name}`,
    "Mail nickname": `${mark}nick`,
    "Alternate email address": `${mark}@elsewhere.example`,
    Password: `Z${secretMark}-9!-${name}`,
    Licenses: "",
    [`${mark} unknown column`]: `${mark} cell`,
    ...more,
  };
}

/** A file of these people, every cell quoted. */
export function plantedCsv(people: readonly Record<string, string>[]): string {
  const header = Object.keys(people[0] ?? {});
  return [header, ...people.map((person) => header.map((label) => person[label] ?? ""))]
    .map((cells) => cells.map((cell) => `"${cell}"`).join(","))
    .join("\r\n");
}
