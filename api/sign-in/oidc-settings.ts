/** The OpenID Connect provider that agents may sign in through. */
export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button says. */
  name: string;
  /** The provider's addresses count without its word that they are verified. */
  trustEmail: boolean;
};
