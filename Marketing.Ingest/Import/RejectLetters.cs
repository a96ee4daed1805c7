using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Turns rejects into dead letters, so that an operator sees them and can replay them where the file is not at hand.</summary>
internal sealed class RejectLetters(IDeadLetters letters)
{
    private const int Page = 500;

    /// <summary>Keeps the rejects of a file.</summary>
    /// <param name="path">The file's full path, or <see cref="InputFile.StandardInput"/>.</param>
    /// <param name="rejects">Those of a batch.</param>
    /// <param name="now">When they were refused.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task KeepAsync(string path, IReadOnlyList<Reject> rejects, DateTimeOffset now, CancellationToken cancellationToken) =>
        letters.AddAsync([.. rejects.Select(reject => Create(path, reject, now))], cancellationToken);

    /// <summary>Removes those of an earlier import of the same file: it has been read again, and what is still wrong was kept anew.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="startedAt">When this import began.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> RemoveEarlierAsync(string path, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var prefix = Prefix(path);
        var filter = new DeadLetterFilter(Source(path), Before: startedAt);
        List<DeadLetter> earlier = [];
        string? cursor = null;
        do
        {
            var page = await letters.ListAsync(filter, cursor, Page, cancellationToken);
            earlier.AddRange(page.Items.Where(letter => letter.Id.StartsWith(prefix, StringComparison.Ordinal)));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        await letters.RemoveAsync(earlier, cancellationToken);
        return earlier.Count;
    }

    private static DeadLetter Create(string path, Reject reject, DateTimeOffset now)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"line {reject.Line}: {reject.Json ?? reject.Error.Message}");
        return new DeadLetter(
            Prefix(path) + Hash(content, 24),
            Source(path),
            string.Create(CultureInfo.InvariantCulture, $"line {reject.Line}: {reject.Error.Message}"),
            now,
            EventId: null,
            PayloadUser.Find(reject.Json),
            reject.Json);
    }

    private static string Source(string path) => $"file:{(path == InputFile.StandardInput ? "stdin" : Path.GetFileName(path))}";

    /// <summary>What the ids of a file's letters begin with. Two files of one name in two folders are two.</summary>
    private static string Prefix(string path) => $"file-{Hash(path, 12)}-";

    private static string Hash(string text, int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..digits];
}
