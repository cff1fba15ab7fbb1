"""`python -m cenotaph`: the command line, where its script is not on the path."""

from cenotaph.cli import main

if __name__ == "__main__":
    main()
