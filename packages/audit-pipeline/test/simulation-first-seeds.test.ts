import { describeSeeds } from './simulation/describe-seeds.js';

// Two files, for two cores.
describeSeeds(1, 100);
