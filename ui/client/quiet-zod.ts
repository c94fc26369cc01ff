import { z } from "zod";

// zod tries `new Function` to see whether it may compile its checks; the content policy forbids it and would log that.
z.config({ jitless: true });
