/** A bar of `width` characters and two brackets, of which `share`, from 0 to 1, is filled. */
export function progressBar(share: number, width = 40): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `[${"█".repeat(filled)}${"·".repeat(width - filled)}]`;
}
