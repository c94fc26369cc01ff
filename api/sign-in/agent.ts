/** An employee of the partner, as sign-in knows them. */
export type Agent = { id: string; name: string; email: string; twoFactorEnabled: boolean };
