import manifest from '../package.json' with { type: 'json' };

/** Version of this release; a bundle carries the one that it was built from. */
export const version: string = manifest.version;
