import { type KeyAuthority, keyAuthoritySchema } from "../../contract/authority.ts";

/** The narrowing that a key was made with, as the sign-in library keeps it: lists of words under names; null for none. */
export function keyAuthorityOf(permissions: string | null): KeyAuthority | null {
  if (permissions === null) return null;
  const { partnerRole, roles, customerIds } = JSON.parse(permissions) as Record<string, string[] | undefined>;
  return keyAuthoritySchema.parse({
    ...(partnerRole === undefined ? {} : { partnerRole: partnerRole[0] }),
    ...(roles === undefined ? {} : { roles }),
    ...(customerIds === undefined ? {} : { customerIds }),
  });
}

/** `key` in the form in which the sign-in library keeps it. */
export function keyPermissions(key: KeyAuthority): Record<string, string[]> {
  return {
    ...(key.partnerRole === undefined ? {} : { partnerRole: [key.partnerRole] }),
    ...(key.roles === undefined ? {} : { roles: key.roles }),
    ...(key.customerIds === undefined ? {} : { customerIds: key.customerIds }),
  };
}
