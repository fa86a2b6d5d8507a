"""What can be asked for: each command's name, arguments and options. The work is in `work`.

What a command needs is imported when it is called, so that asking for help stays quick.
"""
