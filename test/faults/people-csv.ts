/** A file of `count` people of `domain` who want the licenses `skus`; `title` tells two files of the same people apart. */
export function peopleCsv(
  domain: string,
  count: number,
  { skus = "", title = "Engineer" }: { skus?: string; title?: string } = {},
): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const no = String(at + 1).padStart(6, "0");
    return `person.${no}@${domain},Zoë Nº ${no},Zoë,Nº ${no},${title},NL,${skus}`;
  });
  return `User principal name,Display name,First name,Last name,Job title,Usage location,Licenses\n${lines.join("\n")}\n`;
}
