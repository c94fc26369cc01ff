/** The secret in the address of an authenticator app (`otpauth://…?secret=…`), in groups of four letters for typing. */
export function totpSecret(totpUri: string): string {
  const secret = new URL(totpUri).searchParams.get("secret") ?? "";
  return secret.match(/.{1,4}/g)?.join(" ") ?? "";
}
