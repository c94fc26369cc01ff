/** Where to go after signing in: only a path of our own, because `//host` and `/\host` lead elsewhere. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : "/docs";
}
