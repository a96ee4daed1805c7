namespace Marketing.Stores.Contents;

/// <summary>
/// The id of a record whose user is unknown. Versions before the column <c>user_id</c> stored attributes under a hash of the id; for a
/// user without interactions, no table has the id.
/// </summary>
internal static class UnnamedUser
{
    /// <summary>No user id contains it.</summary>
    private const char Mark = '\0';

    public static string IdOf(ReadOnlySpan<byte> key) => Mark + Convert.ToHexStringLower(key);

    public static bool Is(string id) => id.StartsWith(Mark);
}
