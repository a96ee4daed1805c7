using Marketing.Stores.Contents;

namespace Marketing.Tests.Backups;

public sealed class ContentDigestTests
{
    private static readonly LogRecord[] Some = [new("a", "1"), new("b", "2"), new("c", "3")];

    [Fact]
    public void The_order_does_not_matter() => Assert.Equal(Digest(Some), Digest([.. Some.Reverse()]));

    [Fact]
    public void A_changed_id_content_or_count_changes_it()
    {
        LogRecord[][] others =
        [
            [],
            Some[..2],
            [.. Some, Some[0]],
            [new("x", "1"), .. Some[1..]],
            [new("a", "x"), .. Some[1..]],
            [new("a", "2"), new("b", "1"), Some[2]],
        ];

        Assert.Equal(others.Length + 1, others.Append(Some).Select(Digest).Distinct().Count());
    }

    [Fact]
    public void The_same_record_twice_does_not_cancel_itself_out() => Assert.NotEqual(Digest([]), Digest([Some[0], Some[0]]));

    private static string Digest(LogRecord[] records)
    {
        var digest = new ContentDigest();
        Array.ForEach(records, digest.Add);
        return digest.ToString();
    }
}
