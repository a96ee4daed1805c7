using System.Numerics;
using System.Text;
using System.Text.Json;
using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Catalog;

/// <summary>
/// Writes a user's attributes to their row and reads them back. They are personal data that changes, so they are padded to a power of two:
/// most changes then overwrite the old values in place, and a user outgrows the row only a few times.
/// </summary>
internal static class ProfileRow
{
    private const int SmallestBytes = 64;

    private const string Select = "SELECT attributes FROM profiles WHERE key = ?1 AND erased = 0";
    // A row of an older version has no user id: it is replaced, because it could not be extended in place.
    private const string Room = "SELECT octet_length(attributes), user_id IS NULL FROM profiles WHERE key = ?1 AND erased = 0";
    private const string Update = "UPDATE profiles SET attributes = ?2 WHERE key = ?1 AND erased = 0";
    private const string Insert = "INSERT INTO profiles(key, attributes, user_id) VALUES (?1, ?2, ?3)";

    private const string Blank =
        """
        UPDATE profiles SET erased = 1, key = zeroblob(16), attributes = CAST(zeroblob(octet_length(attributes)) AS TEXT),
            user_id = iif(user_id IS NULL, NULL, CAST(zeroblob(octet_length(user_id)) AS TEXT))
        WHERE key = ?1 AND erased = 0
        """;

    /// <summary>Replaces a user's attributes; returns true when there were none.</summary>
    public static bool Write(SqliteSession session, UserProfile profile)
    {
        var key = Key128.Of(profile.Id.Value);
        string json = JsonSerializer.Serialize(profile.Attributes);
        var row = session[Room].Bind(1, key);
        bool isNew = !row.Step();
        int room = isNew || row.Int32(1) != 0 ? 0 : row.Int32(0);
        row.Reset();
        if (Encoding.UTF8.GetByteCount(json) <= room)
        {
            session[Update].Bind(1, key).Bind(2, Pad(json, room)).Execute();
        }
        else
        {
            session[Blank].Bind(1, key).Execute();
            session[Insert].Bind(1, key).Bind(2, Pad(json, SmallestBytes)).Bind(3, profile.Id.Value).Execute();
        }

        return isNew;
    }

    public static UserProfile? Find(SqliteSession session, UserId id)
    {
        var row = session[Select].Bind(1, Key128.Of(id.Value));
        return row.Step()
            ? new UserProfile(id, ReadAttributes(row, 0))
            : null;
    }

    /// <summary>Reads attributes from a column of a row.</summary>
    public static Dictionary<string, string> ReadAttributes(SqliteStatement row, int column) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.Bytes(column))!;

    /// <summary>Overwrites a user's attributes; returns false when there are none.</summary>
    public static bool Erase(SqliteSession session, UserId id) =>
        session[Blank].Bind(1, Key128.Of(id.Value)).Execute() > 0;

    private static string Pad(string json, int atLeast)
    {
        int bytes = Encoding.UTF8.GetByteCount(json);
        int room = Math.Max(atLeast, (int)BitOperations.RoundUpToPowerOf2((uint)bytes));
        return json + new string(' ', room - bytes);
    }
}
