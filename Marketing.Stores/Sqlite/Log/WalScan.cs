using System.Buffers.Binary;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// Scans a write-ahead log as SQLite's recovery does (https://www.sqlite.org/fileformat2.html#walformat). SQLite reads every commit up to
/// the first frame with a wrong checksum and silently drops the rest. That is right for a tail torn by a power cut, which holds at most
/// one commit when each is flushed. More commits after the bad frame mean that the file is damaged.
/// </summary>
/// <param name="GoodCommits">The commits that SQLite will read.</param>
/// <param name="LostCommits">The commits of the same generation after the first bad frame.</param>
internal sealed record WalScan(int GoodCommits, int LostCommits)
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const uint Magic = 0x377F0682;

    /// <summary>Scans a file; returns null when there is none or another process is writing to it.</summary>
    public static WalScan? Run(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20);
        var first = Scan(file);

        // A concurrent writer may leave a frame half written or restart at the top: only trust two equal scans.
        return first is { LostCommits: > 0 } && Scan(file) is var second && second != first ? null : first;
    }

    private static WalScan? Scan(FileStream file)
    {
        file.Position = 0;
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            return null;
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        bool bigEndian = (magic & 1) != 0;
        int pageSize = (int)BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var sum = new Checksum(bigEndian);
        sum.Add(header[..24]);
        bool good = (magic & ~1u) == Magic && sum.Matches(header[24..]);
        if (pageSize is not (>= 512 and <= 65_536) || (pageSize & (pageSize - 1)) != 0)
        {
            pageSize = 4096;
        }

        Span<byte> salts = stackalloc byte[8];
        header[16..24].CopyTo(salts);
        byte[] frame = new byte[FrameHeaderBytes + pageSize];
        int goodCommits = 0, lostCommits = 0;
        for (bool any = false; file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; any = true)
        {
            if (!good && !any)
            {
                // The header is damaged: take the generation from the first frame.
                frame.AsSpan(8, 8).CopyTo(salts);
            }

            bool ofThisGeneration = frame.AsSpan(8, 8).SequenceEqual(salts);
            if (good)
            {
                sum.Add(frame.AsSpan(0, 8));
                sum.Add(frame.AsSpan(FrameHeaderBytes));
                good = ofThisGeneration && sum.Matches(frame.AsSpan(16, 8));
            }

            bool isCommit = BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0;
            if (isCommit && ofThisGeneration)
            {
                _ = good ? goodCommits++ : lostCommits++;
            }
        }

        return new WalScan(goodCommits, lostCommits);
    }

    /// <summary>SQLite's cumulative checksum over pairs of 32-bit words.</summary>
    private struct Checksum(bool bigEndian)
    {
        private uint _first;
        private uint _second;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            for (; bytes.Length >= 8; bytes = bytes[8..])
            {
                _first += Word(bytes) + _second;
                _second += Word(bytes[4..]) + _first;
            }
        }

        public readonly bool Matches(ReadOnlySpan<byte> stored) =>
            BinaryPrimitives.ReadUInt32BigEndian(stored) == _first && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _second;

        private readonly uint Word(ReadOnlySpan<byte> bytes) => bigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
