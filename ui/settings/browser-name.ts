const browsers = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["Firefox", "Firefox"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;

/** The word by which a machine's system is told, the more particular one first. */
const systems = [
  ["Windows", "Windows"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["CrOS", "ChromeOS"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;

const longest = 60;

/** The browser and the system that a user agent header names, such as `Edge, Windows`; else the header itself, cut. */
export function browserName(userAgent: string): string {
  const named = [browsers, systems]
    .map((words) => words.find(([word]) => userAgent.includes(word))?.[1])
    .filter((name) => name !== undefined);
  return named.length > 0 ? named.join(", ") : userAgent.slice(0, longest);
}
