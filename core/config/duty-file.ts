import type { z } from 'zod';
import type { Duties, ServiceLevel } from './duty.ts';
import type { dutyShape } from './duty-schema.ts';
import { functions } from './production-need.ts';
import { toRole } from './role.ts';

type Written = z.infer<z.ZodObject<typeof dutyShape>>;

/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
export function toDuties(written: Written): Duties {
  const { 'quality-owner': quality, 'infrastructure-owner': infrastructure } = written;
  const { 'service-level': level, monitoring, 'sign-offs': signOffs } = written;
  return {
    ...(quality === undefined ? {} : { qualityOwner: toRole(quality) }),
    ...(infrastructure === undefined ? {} : { infrastructureOwner: toRole(infrastructure) }),
    ...(level === undefined ? {} : { serviceLevel: toServiceLevel(level) }),
    ...(monitoring === undefined ? {} : { monitoring }),
    ...(signOffs === undefined ? {} : { signOffs: toSignOffs(signOffs) }),
  };
}

function toServiceLevel(written: NonNullable<Written['service-level']>): ServiceLevel {
  const latency = written['latency-p95-ms'];
  return {
    availabilityPercent: written['availability-percent'],
    ...(latency === undefined ? {} : { latencyP95Ms: latency }),
    respondMinutes: written['respond-minutes'],
    restoreMinutes: written['restore-minutes'],
  };
}

const toSignOffs = (written: NonNullable<Written['sign-offs']>): NonNullable<Duties['signOffs']> =>
  Object.fromEntries(
    functions.flatMap((each) => (written[each] === undefined ? [] : [[each, written[each]]])),
  );
