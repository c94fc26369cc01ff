const header =
  "User name,Display name,First name,Last name,Job title,Department,City,State,Postal code,Mobile phone,Usage location,Licenses";
const cities = ["Amsterdam", "Łódź", "München", "São Paulo", "Kraków", "İzmir", "Reykjavík", "Hà Nội"];
const pieceBytes = 65_536;

/** A person of the sample, by number: the same number is always the same person. */
function person(domain: string, no: number): string[] {
  const city = cities[no % cities.length] ?? "";
  return [
    `person.${no}@${domain}`,
    `Person Nº ${no}`,
    `Person ${no % 977}`,
    `Number ${no}`,
    "Field engineer",
    `Department ${no % 40}`,
    city,
    "North",
    String(10_000 + (no % 80_000)),
    `+31 6 ${String(no).padStart(8, "0")}`,
    "NL",
    "SPE_E3",
  ];
}

/** Writes `count` people as a CSV file, in pieces of about 64 kB. */
export function* peopleFile(domain: string, count: number, from = 0): Generator<Buffer> {
  let piece = `${header}\r\n`;
  for (let no = from; no < from + count; no++) {
    piece += `${person(domain, no).join(",")}\r\n`;
    if (piece.length > pieceBytes) {
      yield Buffer.from(piece);
      piece = "";
    }
  }
  yield Buffer.from(piece);
}

export const copyColumns =
  "id, customer_id, user_principal_name, display_name, given_name, surname, job_title, department, city, state_or_province, postal_code, mobile_phone, usage_location";

/** The same people as lines of a COPY into `users`. */
export function* peopleCopy(customerId: string, domain: string, count: number, newId: () => string): Generator<Buffer> {
  let piece = "";
  for (let no = 0; no < count; no++) {
    piece += `${newId()}\t${customerId}\t${person(domain, no).slice(0, -1).join("\t")}\n`;
    if (piece.length > pieceBytes) {
      yield Buffer.from(piece);
      piece = "";
    }
  }
  yield Buffer.from(piece);
}
