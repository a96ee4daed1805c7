using System.Collections.Frozen;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Which new ids are accepted. A client bug that sends <c>null</c> or <c>[object Object]</c> for everyone would merge thousands of
/// people into one user, so such ids are rejected. URLs are checked by <see cref="Identifier"/> only, so that users stored before
/// a rule was added can still be exported and erased. Thread-safe.
/// </summary>
public sealed class IdPolicy
{
    /// <summary>Ids rejected for users, campaigns and events unless <see cref="InteractionLimits.RefusedIds"/> is set.</summary>
    public static IReadOnlyList<string> DefaultRefusedIds { get; } =
    [
        "null", "(null)", "<null>", "undefined", "(undefined)", "nil", "<nil>", "none", "nan", "true", "false",
        "[object Object]", "object Object", "[object Undefined]", "[object Null]", "{}", "[]", "\"\"", "''", "-", "n/a", "#n/a", "#ref!",
        "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "00000000000000000000000000000000",
    ];

    /// <summary>Ids also rejected for users unless <see cref="InteractionLimits.RefusedUserIds"/> is set.</summary>
    public static IReadOnlyList<string> DefaultRefusedUserIds { get; } =
    [
        "anonymous", "anon", "guest", "unknown", "unidentified", "not_authenticated", "unauthenticated", "not_logged_in", "logged_out",
        "userid", "user_id", "user-id", "distinctid", "distinct_id", "id", "email", "-1",
    ];

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _userIds;
    private readonly int _longest;

    /// <summary>Creates the policy from the limits.</summary>
    public IdPolicy(InteractionLimits limits)
    {
        var ids = Set(limits.RefusedIds ?? DefaultRefusedIds);
        var userIds = Set(limits.RefusedUserIds ?? DefaultRefusedUserIds);
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _userIds = userIds.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = ids.Concat(userIds).Select(static id => id.Length).DefaultIfEmpty().Max();
    }

    /// <summary>Returns why a user id is rejected, or null if it is accepted.</summary>
    public FieldError? CheckUser(string field, string? id) => Check(field, id, isUser: true);

    /// <summary>Returns why a campaign or event id is rejected, or null if it is accepted.</summary>
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
            return new FieldError(field, $"{field} must not be . or .., because clients and proxies remove those from URL paths.");
        }

        return id.Length <= _longest && (_ids.Contains(id) || (isUser && _userIds.Contains(id)))
            ? new FieldError(field,
                $"{field} must be a real id. '{id}' is a placeholder for a missing id; accepting it would merge everyone without an id into one.")
            : null;
    }

    /// <summary>White space or an invisible character, such as a byte order mark or a zero-width space.</summary>
    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || character is '\uFEFF' or '\u200B';

    /// <summary>Drops empty entries, because a list with one empty entry is how configuration turns the rule off.</summary>
    private static FrozenSet<string> Set(IEnumerable<string> ids) =>
        ids.Where(static id => id.Length > 0).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
