using Marketing.Tests.Stores.Sqlite;
using Marketing.VectorIndex;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketing.Tests.VectorIndex;

/// <summary>Files of earlier versions are read, and upgraded in place.</summary>
public sealed class FileVersionTests : IDisposable
{
    private const int Dimensions = 64;

    private const string ToFormatTwo = """
        ALTER TABLE entries RENAME COLUMN key TO event_id;
        ALTER TABLE entries RENAME COLUMN group_key TO user_id;
        ALTER TABLE entries RENAME COLUMN label TO campaign_id;
        ALTER TABLE entries RENAME COLUMN timestamp TO occurred_at;
        ALTER TABLE entries RENAME COLUMN refinement TO sides;
        ALTER TABLE entries RENAME COLUMN list TO cell;
        ALTER TABLE ivf RENAME TO cells;
        ALTER TABLE cells RENAME COLUMN probe_margin TO margin;
        ALTER TABLE cells RENAME COLUMN list_of_slot TO cell_of_slot;
        UPDATE meta SET value = '2' WHERE key = 'format';
        """;

    internal const string ToFormatOne = ToFormatTwo + """
        ALTER TABLE entries DROP COLUMN digest;
        UPDATE meta SET value = '1' WHERE key = 'format';
        """;

    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "vectors.db");

    [Theory]
    [InlineData(ToFormatTwo)]
    [InlineData(ToFormatOne)]
    public async Task A_file_of_an_earlier_version_keeps_its_entries(string downgrade)
    {
        var cancellation = TestContext.Current.CancellationToken;
        VectorEntry[] entries = [.. Enumerable.Range(0, 40).Select(Entry)];
        await using (var index = Open())
        {
            await index.UpsertAsync(entries, cancellation);
            await index.Training;
        }

        Execute(downgrade);

        await using var reopened = Open();
        Assert.Equal(entries.Length, reopened.Count);
        Assert.Equal(0, await reopened.VerifyAsync(repair: false, cancellation));
        Assert.Equal("key-7", Assert.Single(reopened.Search(new SearchQuery(entries[7].Vector, 1))).Key);
        Assert.Equal(("group-7", "label-1", entries[7].Timestamp), Assert.Single(reopened.Latest("group-7", 2)) is var found
            ? (found.Group, found.Label, found.Timestamp) : default);
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_refused()
    {
        await Open().DisposeAsync();
        Execute("UPDATE meta SET value = '99' WHERE key = 'format'");

        Assert.Contains("99", Assert.Throws<InvalidDataException>(Open).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static VectorEntry Entry(int i)
    {
        float[] vector = new float[Dimensions];
        vector[i] = 1;
        return new VectorEntry($"key-{i}", $"group-{i}", $"label-{i % 2}", DateTimeOffset.UnixEpoch.AddMinutes(i), vector, default);
    }

    private EmbeddedVectorIndex Open() => new(
        File, "test@1", Dimensions, new EmbeddedVectorIndexOptions { EntriesBeforeInvertedLists = 16 }, NullLogger.Instance);

    private void Execute(string text)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
