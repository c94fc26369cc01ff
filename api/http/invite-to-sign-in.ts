import type { ErrorRequestHandler } from "express";
import { asProblem } from "./problems.ts";

const pages = /^\/queues(?:\/|$)/;

/** Sends a browser that opens a page without a session to the sign-in form, and back afterwards. */
export const inviteToSignIn: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const wantsPage = req.method === "GET" && pages.test(req.path) && req.accepts(["json", "html"]) === "html";
  if (!wantsPage || res.headersSent || asProblem(error).code !== "unauthenticated") {
    next(error);
    return;
  }
  res.redirect(303, `/sign-in?${new URLSearchParams({ next: req.originalUrl }).toString()}`);
};
