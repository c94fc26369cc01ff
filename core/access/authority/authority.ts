import type { GdapRole, KeyAuthority, PartnerRole } from "../../../contract/authority.ts";
import type { Carrier } from "../../../db/schema/batches.ts";
import type { Who } from "../../actor.ts";

/** The customer that an authority was loaded for, and the GDAP roles that the agent holds there now. */
type Place = { customerId: string; name: string; roles: readonly GdapRole[] };

/**
 * What the one who acts may do, read from the database once a request. `unrestricted`: Muster itself and the token of the
 * environment. An agent's is about one customer at most (`at`), and an API key narrows it to `key`.
 */
export type Authority =
  | { kind: "unrestricted" }
  | {
      kind: "agent";
      agentId: string;
      keyId: string | null;
      /** null where the agent or the key is gone, or the key has run out: then nothing is allowed. */
      partnerRole: PartnerRole | null;
      key: KeyAuthority | null;
      at: Place | null;
    };

export const unrestricted: Authority = { kind: "unrestricted" };

/** Whom an authority is loaded for, now or again when a batch is carried out. */
export type AuthorityHolder = { agentId: string; keyId: string | null };

/** `actor` as the one who has rows carried out. */
export function carrierOf({ id, name, authority }: Who & { authority: Authority }): Carrier {
  return { id, name, authority: holderOf(authority) };
}

/** Who is to be asked again when a batch of this authority is carried out; null where nothing can end. */
export function holderOf(authority: Authority): AuthorityHolder | null {
  if (authority.kind === "unrestricted") return null;
  const { agentId, keyId } = authority;
  return { agentId, keyId };
}
