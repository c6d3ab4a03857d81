/** What only this repository needs stays out of the published manifests: its private packages are bundled. */
module.exports = {
  hooks: {
    beforePacking(manifest) {
      delete manifest.devDependencies;
      delete manifest.scripts;
      return manifest;
    },
  },
};
