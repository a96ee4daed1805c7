namespace Marketing.Domain.Ports;

/// <summary>Keeps who erased, exported or changed something. Entries are only added, and removed as a whole once they are old.</summary>
public interface IAuditTrail
{
    /// <summary>
    /// Durably adds entries. An entry with a known id is ignored, so a failed call can be repeated. A target that may identify a
    /// person is stored only as its erasure hash, and is read back as that hash.
    /// </summary>
    Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);

    /// <summary>Lists the entries that match the filter, newest first, starting at an opaque cursor.</summary>
    /// <exception cref="FormatException">The cursor is invalid.</exception>
    Task<Page<AuditEntry>> ListAsync(AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Removes the entries from before a time.</summary>
    /// <returns>The number removed.</returns>
    Task<long> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>One action of one caller.</summary>
/// <param name="Id">The id from <see cref="AuditId"/>; later entries have greater ids.</param>
/// <param name="At">When the action ended, in UTC, to the millisecond.</param>
/// <param name="Action">What was done, one of <see cref="AuditAction.All"/>.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Address">The IP address of the connection; null if there is none, or for several addresses.</param>
/// <param name="Target">What it was done to; null if it has no single target.</param>
/// <param name="Outcome">The HTTP status of the answer. A command has 200 or 500.</param>
/// <param name="Count">How many attempts the entry stands for: more than one only for denied ones.</param>
public sealed record AuditEntry(
    string Id, DateTimeOffset At, string Action, AuditActor Actor, string? Address, AuditTarget? Target, int Outcome, int Count = 1);

/// <summary>Who did something.</summary>
/// <param name="Id">The id of the key, or the subject of the token.</param>
/// <param name="Name">A readable name.</param>
public sealed record AuditActor(string Id, string Name)
{
    /// <summary>A caller without credentials.</summary>
    public static readonly AuditActor Anonymous = new("anonymous", "anonymous");

    /// <summary>Somebody who ran a command on the server.</summary>
    public static readonly AuditActor CommandLine = new("command line", "command line");
}

/// <summary>What an action was done to.</summary>
/// <param name="Id">The id, or its erasure hash.</param>
/// <param name="IsPersonal">Whether the id may identify a person, so that only its hash is stored.</param>
public readonly record struct AuditTarget(string Id, bool IsPersonal = false)
{
    /// <summary>A user.</summary>
    public static AuditTarget User(UserId userId) => new(userId.Value, IsPersonal: true);
}

/// <summary>Selects entries; a null property does not filter.</summary>
/// <param name="Action">The action.</param>
/// <param name="Actor">The id or the name of the actor.</param>
/// <param name="Target">The id of the target, also of one that is stored as a hash, or the hash itself.</param>
/// <param name="Since">Inclusive lower bound of the time.</param>
public sealed record AuditFilter(string? Action = null, string? Actor = null, string? Target = null, DateTimeOffset? Since = null)
{
    /// <summary>Selects every entry.</summary>
    public static readonly AuditFilter All = new();
}
