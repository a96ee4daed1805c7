using System.Text;
using System.Text.Json;

namespace Marketing.Stores.Backups;

/// <summary>
/// The list of erasures beside the backups: one line of JSON each, with the keyed hash of the user (<see cref="ErasureHash"/>) and not
/// the id. It may be appended to by several processes.
/// </summary>
internal sealed class ErasureFile(string path, TimeProvider time)
{
    public const string Name = "erasures.jsonl";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Returns the entries. A line that a crash has cut off is not one: its erasure was never reported as finished.</summary>
    public IReadOnlyList<ErasureEntry> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Read(file);
    }

    /// <summary>Appends the entries that are missing; on return they are on the disk.</summary>
    /// <returns>The number appended.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<int> AddAsync(IReadOnlyCollection<ErasureEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return 0;
        }

        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        await using var file = await OpenAsync(cancellationToken);
        var missing = entries.Except(Read(file)).ToList();
        if (missing.Count > 0)
        {
            // Starts on a line of its own, whatever a crash has left before it.
            var lines = new StringBuilder(EndsLine(file) ? "" : "\n");
            missing.ForEach(entry => lines.Append(JsonSerializer.Serialize(entry, Json)).Append('\n'));
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()), CancellationToken.None);
            file.Flush(flushToDisk: true);
        }

        return missing.Count;
    }

    private static List<ErasureEntry> Read(FileStream file)
    {
        var entries = new List<ErasureEntry>();
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            if (Parse(line) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static ErasureEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ErasureEntry>(line, Json) is { Log: not null, User: not null } entry ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool EndsLine(FileStream file)
    {
        if (file.Length == 0)
        {
            return true;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }

    /// <summary>Opens the file alone, and waits while another process appends.</summary>
    private async Task<FileStream> OpenAsync(CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(started) < Timeout)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}

/// <summary>One erasure.</summary>
/// <param name="Log">The identity of the log.</param>
/// <param name="User">The keyed hash of the user id, as text.</param>
/// <param name="ErasedAt">When the user was erased from the log, in UTC, to the millisecond.</param>
internal sealed record ErasureEntry(string Log, string User, DateTimeOffset ErasedAt);
