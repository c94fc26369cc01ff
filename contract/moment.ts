import { z } from "zod";

/** A moment with its zone, such as `2026-05-01T20:00:00+02:00`, in a year that every calendar knows. */
export const momentSchema = z.iso
  .datetime({ offset: true })
  .max(64)
  .refine((text) => {
    const year = new Date(text).getUTCFullYear();
    return year >= 1 && year <= 9999;
  }, "Give a time of the years 1 to 9999");
