/** The words of what stands around every page. */
export const frameTexts = {
  toasts: "What happened",
  nav: {
    label: "Main",
    skip: "Skip to content",
    menu: "Menu",
    tools: "Tools",
    theme: "Theme",
    themes: { system: "Same as system", light: "Light", dark: "Dark", contrast: "High contrast" },
    account: "Account",
    signOut: "Sign out",
    signedInAs: (name: string) => `Signed in as ${name}`,
  },
} as const;
