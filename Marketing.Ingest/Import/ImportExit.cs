namespace Marketing.Ingest.Import;

/// <summary>The exit codes of an import, for a script that runs it.</summary>
internal static class ImportExit
{
    /// <summary>Every file was read to its end, and had records that were taken.</summary>
    public const int Done = 0;

    /// <summary>A file could not be read, or not to its end.</summary>
    public const int Unreadable = 1;

    /// <summary>A setting or an option is wrong; nothing was read.</summary>
    public const int WrongSetting = 2;

    /// <summary>Every record of a file was refused.</summary>
    public const int AllRejected = 3;

    /// <summary>It was interrupted, and goes on when it is run again.</summary>
    public const int Interrupted = 130;

    /// <summary>The code of two files together: one that could not be read counts before one of which nothing was taken.</summary>
    public static int Worse(int one, int other) => one == Unreadable || other == Unreadable ? Unreadable : Math.Max(one, other);
}
