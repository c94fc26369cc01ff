import express, { type Request, type Response } from "express";
import { Problem } from "../../contract/problem.ts";
import { hasBody } from "./unread-body.ts";

const limitSeconds = 60;

/**
 * Reads the JSON body (or the body of an HTML form), `{}` where there is none.
 * @throws Problem media_type_unsupported, body_too_large, body_invalid, upload_stalled after 60 s
 */
export async function readJson(
  req: Request,
  res: Response,
  { limitMb, form }: { limitMb: number; form: boolean },
): Promise<unknown> {
  if (!hasBody(req)) return {};
  const types = form ? ["application/x-www-form-urlencoded"] : ["application/json", "application/*+json"];
  if (!req.is(types)) {
    throw new Problem(
      "media_type_unsupported",
      `Send ${types[0]}; this came as ${req.get("content-type") ?? "no content type"}`,
    );
  }
  const limit = limitMb * 1024 * 1024;
  if (Number(req.get("content-length") ?? 0) > limit) {
    throw new Problem("body_too_large", `A JSON body may hold ${limitMb} MB; send more rows as a file`);
  }
  if (req.get("expect") !== undefined) res.writeContinue();
  const parse = form
    ? express.urlencoded({ limit, type: () => true })
    : express.json({ limit, strict: false, type: () => true });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Problem("upload_stalled", `The body did not come within ${limitSeconds} s`));
    }, limitSeconds * 1000);
    parse(req, res, (error?: unknown) => {
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error("The body could not be read"));
    });
  });
  return req.body as unknown;
}
