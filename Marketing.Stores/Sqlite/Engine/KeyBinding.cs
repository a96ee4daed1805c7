namespace Marketing.Stores.Sqlite.Engine;

internal static class KeyBinding
{
    /// <summary>Binds a key as 16 bytes.</summary>
    public static SqliteStatement Bind(this SqliteStatement statement, int position, Key128 key)
    {
        Span<byte> bytes = stackalloc byte[Key128.Size];
        key.Write(bytes);
        return statement.Bind(position, (ReadOnlySpan<byte>)bytes);
    }

    public static SqliteStatement Bind(this SqliteStatement statement, int position, Key128? key) =>
        key is { } value ? statement.Bind(position, value) : statement.Bind(position, (string?)null);
}
