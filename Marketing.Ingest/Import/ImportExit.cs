namespace Marketing.Ingest.Import;

/// <summary>The exit codes of an import.</summary>
internal static class ImportExit
{
    /// <summary>Every file was read to its end, and at least some records of each were accepted.</summary>
    public const int Done = 0;

    /// <summary>A file could not be read, or not to its end.</summary>
    public const int Unreadable = 1;

    /// <summary>A setting or an option is invalid; nothing was read.</summary>
    public const int WrongSetting = 2;

    /// <summary>Every record of a file was rejected.</summary>
    public const int AllRejected = 3;

    /// <summary>The import was interrupted and continues when it is run again.</summary>
    public const int Interrupted = 130;

    /// <summary>Combines the codes of two files; an unreadable file takes precedence.</summary>
    public static int Worse(int one, int other) => one == Unreadable || other == Unreadable ? Unreadable : Math.Max(one, other);
}
