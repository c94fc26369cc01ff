import type { RequestHandler } from "express";
import { newId } from "../../db/new-id.ts";

const acceptable = /^[\w.:-]{1,128}$/;

/** Gives each request an id, the caller's own where it is one, and echoes it in `X-Request-Id`. */
export const nameRequest: RequestHandler = (req, res, next) => {
  const theirs = req.get("x-request-id");
  const id = theirs !== undefined && acceptable.test(theirs) ? theirs : newId();
  res.locals["requestId"] = id;
  res.set("X-Request-Id", id);
  next();
};
