/** The words of the sign-in. */
export const signInTexts = {
  signIn: {
    lead: "Provisioning desk for your customers' users.",
    email: "Email",
    password: "Password",
    submit: "Sign in",
    busy: "Signing in…",
    wrong: "The email or the password is wrong.",
    code: "Code of your authenticator app",
    backupCode: "Backup code",
    useBackup: "Use a backup code",
    useApp: "Use the authenticator app",
    wrongCode: "The code is wrong, or it took too long.",
    elsewhere: (name: string) => `Sign in with ${name}`,
    notAnAgent: "The sign-in provider did not name an agent. Ask an Admin agent to make you one.",
    endedTitle: "Your session has ended",
    ended: "Sign in to go on. What stands on this page is kept.",
  },
} as const;
