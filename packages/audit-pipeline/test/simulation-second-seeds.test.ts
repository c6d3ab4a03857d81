import { describeSeeds } from './simulation/describe-seeds.js';

describeSeeds(101, 100);
