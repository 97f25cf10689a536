"""What staff's pages are made of: answers with no field that the role may not see."""
