export const stages = ['registered', 'staging', 'candidate', 'production', 'archived', 'rejected'] as const;
export type Stage = (typeof stages)[number];
