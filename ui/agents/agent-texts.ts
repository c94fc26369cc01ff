/** The words of the pages about agents. */
export const agentTexts = {
  agents: {
    search: "Search agents by name or address",
    name: "Name",
    email: "Email",
    role: "Partner role",
    twoFactor: "Authenticator app",
    since: "Since",
    noMatch: (q: string) => `No agent matches “${q}”`,
    noMatchLead: "Search looks in names and addresses.",
  },
} as const;
