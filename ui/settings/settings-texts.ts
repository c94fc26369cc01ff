/** The words of the settings. */
export const settingsTexts = {
  settings: {
    account: "Account",
    name: "Name",
    email: "Email",
    role: "Partner role",
    twoFactor: "Authenticator app",
    twoFactorOn: "Set up",
    twoFactorOff: "Not set up",
  },
} as const;
