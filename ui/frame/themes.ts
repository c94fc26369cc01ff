import {
  type BrandVariants,
  createDarkTheme,
  createLightTheme,
  teamsHighContrastTheme,
  type Theme,
} from "@fluentui/react-components";

const ink: BrandVariants = {
  10: "#060b1f",
  20: "#0e1a3f",
  30: "#14275f",
  40: "#19327a",
  50: "#1e3d94",
  60: "#2448ac",
  70: "#2a53c2",
  80: "#3059cc",
  90: "#4f76dd",
  100: "#6a8ce5",
  110: "#85a2eb",
  120: "#a0b7f0",
  130: "#bacbf5",
  140: "#cfdbf8",
  150: "#e2eafb",
  160: "#f1f5fe",
};

const fontFamilyBase =
  '"Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, Roboto, "Helvetica Neue", "Noto Sans", "Open Sans", sans-serif';

const dark = createDarkTheme(ink);

/** The three looks of the pages. */
export const themes: Record<ThemeName, Theme> = {
  light: { ...createLightTheme(ink), fontFamilyBase },
  dark: {
    ...dark,
    fontFamilyBase,
    colorBrandForeground1: ink[120],
    colorBrandForeground2: ink[130],
    colorBrandForegroundLink: ink[120],
    colorBrandForegroundLinkHover: ink[140],
    colorBrandForegroundLinkPressed: ink[130],
    colorCompoundBrandForeground1: ink[120],
    colorStatusDangerForeground1: "#f08a94",
    colorNeutralBackground1: "#202127",
    colorNeutralBackground2: "#1a1b1f",
    colorNeutralBackground3: "#15161a",
  },
  contrast: { ...teamsHighContrastTheme, fontFamilyBase },
};

export type ThemeName = "light" | "dark" | "contrast";
