"""Records that come into a clinic and leave it: files of clients, copies for one person, exports of everything."""
