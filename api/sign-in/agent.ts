/** An employee of the partner, as sign-in knows them. */
export type SignedInAgent = { id: string; name: string; email: string; twoFactorEnabled: boolean };
