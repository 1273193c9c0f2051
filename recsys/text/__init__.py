"""Chinese shop text: normalisation, segmentation, stop words."""
