using System.Collections.Frozen;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Which ids are taken in. A client's bug that sends <c>null</c> or <c>[object Object]</c> for everybody would merge thousands of
/// people into one user, so such ids are refused with a sentence. Addresses are read more leniently, by <see cref="Identifier"/>
/// alone: what was taken in before a rule was set can still be exported and erased. Safe for concurrent use.
/// </summary>
public sealed class IdPolicy
{
    /// <summary>What is refused for users, campaigns and events alike unless <see cref="InteractionLimits.RefusedIds"/> is set.</summary>
    public static IReadOnlyList<string> DefaultRefusedIds { get; } =
    [
        "null", "(null)", "<null>", "undefined", "(undefined)", "nil", "<nil>", "none", "nan", "true", "false",
        "[object Object]", "object Object", "[object Undefined]", "[object Null]", "{}", "[]", "\"\"", "''", "-", "n/a", "#n/a", "#ref!",
        "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "00000000000000000000000000000000",
    ];

    /// <summary>What is refused for users besides, unless <see cref="InteractionLimits.RefusedUserIds"/> is set.</summary>
    public static IReadOnlyList<string> DefaultRefusedUserIds { get; } =
    [
        "anonymous", "anon", "guest", "unknown", "unidentified", "not_authenticated", "unauthenticated", "not_logged_in", "logged_out",
        "userid", "user_id", "user-id", "distinctid", "distinct_id", "id", "email", "-1",
    ];

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _userIds;
    private readonly int _longest;

    /// <summary>The policy that these limits set.</summary>
    public IdPolicy(InteractionLimits limits)
    {
        var ids = Set(limits.RefusedIds ?? DefaultRefusedIds);
        var userIds = Set(limits.RefusedUserIds ?? DefaultRefusedUserIds);
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _userIds = userIds.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = ids.Concat(userIds).Select(static id => id.Length).DefaultIfEmpty().Max();
    }

    /// <summary>Why a user's id is not taken in; null when it is.</summary>
    public FieldError? CheckUser(string field, string? id) => Check(field, id, isUser: true);

    /// <summary>Why the id of a campaign or an event is not taken in; null when it is.</summary>
    public FieldError? Check(string field, string? id) => Check(field, id, isUser: false);

    private FieldError? Check(string field, string? id, bool isUser)
    {
        if (!Identifier.IsValid(id))
        {
            return new FieldError(field, $"{field} {Identifier.Rule}.");
        }

        if (IsBlank(id![0]) || IsBlank(id[^1]))
        {
            return new FieldError(field, $"{field} must not begin or end with white space.");
        }

        if (id is "." or "..")
        {
            return new FieldError(field, $"{field} must not be . or .., which mean a folder in an address: no client could ask for it.");
        }

        return id.Length <= _longest && (_ids.Contains(id) || (isUser && _userIds.Contains(id)))
            ? new FieldError(field,
                $"{field} must be a real id: '{id}' is what clients send when they have none, and would merge everybody who has none into one.")
            : null;
    }

    /// <summary>White space, or a mark that is as invisible: a file's byte order mark, a zero-width space.</summary>
    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || character is '\uFEFF' or '\u200B';

    /// <summary>Empty entries are left out: a list of one empty entry is how a configuration says that nothing is refused.</summary>
    private static FrozenSet<string> Set(IEnumerable<string> ids) =>
        ids.Where(static id => id.Length > 0).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
