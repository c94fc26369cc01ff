/** The cookies of one browser at one site, and requests that carry them and follow no redirect. */
export type CookieJar = {
  request(url: string, options?: { method?: string; form?: Record<string, string>; json?: object }): Promise<Response>;
  /** The cookies as a header. */
  header(): string;
};

/** Makes a jar that has no cookie yet. */
export function cookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    header,
    async request(url, { method, form, json } = {}) {
      const body = form === undefined ? json && JSON.stringify(json) : new URLSearchParams(form).toString();
      const type = form === undefined ? "application/json" : "application/x-www-form-urlencoded";
      const answer = await fetch(url, {
        method: method ?? (body === undefined ? "GET" : "POST"),
        redirect: "manual",
        headers: {
          cookie: header(),
          ...(body === undefined ? {} : { "content-type": type, origin: new URL(url).origin }),
        },
        ...(body === undefined ? {} : { body }),
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === "" || /max-age=0/i.test(cookie)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
  };
}
