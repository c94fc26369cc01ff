import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** An address of no public host: of the own network, of this machine, or of one that serves clouds their secrets. */
export class AddressRefused extends Error {
  override name = "AddressRefused";
}

/** Azure's own server for its machines, alike in all its networks: the only one of its kind with a public number. */
const wireServer = "168.63.129.16";

/**
 * Looks names up as the system does, and refuses all addresses of a name where one is not public, so that no answer of a name
 * server leads into the own network. `networks` are let through all the same. The connection goes to what was looked at.
 */
export function publicLookup(networks: readonly string[]): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, "", 0);
      if (addresses.some(({ address }) => !isPublic(address, networks))) return done(new AddressRefused(), "", 0);
      if (options.all === true) return done(null, addresses);
      done(null, addresses[0]?.address ?? "", addresses[0]?.family);
    });
  };
}

/** Refuses an address that is written in numbers and so is never looked up. @throws AddressRefused */
export function requirePublic({ hostname }: URL, networks: readonly string[]): void {
  const literal = hostname.replaceAll(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !isPublic(literal, networks)) throw new AddressRefused();
}

function isPublic(text: string, networks: readonly string[]): boolean {
  // An IPv4 address inside an IPv6 one is the IPv4 address.
  const address = ipaddr.process(text);
  const open = address.range() === "unicast" && address.toString() !== wireServer;
  return open || networks.some((network) => isInside(address, network));
}

function isInside(address: ipaddr.IPv4 | ipaddr.IPv6, network: string): boolean {
  const [base, bits] = network.includes("/") ? ipaddr.parseCIDR(network) : [ipaddr.process(network), null];
  if (base.kind() !== address.kind()) return false;
  return address.match(base, bits ?? base.toByteArray().length * 8);
}
