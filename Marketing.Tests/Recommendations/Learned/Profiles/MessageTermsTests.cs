using System.Buffers;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Learned.Profiles;

namespace Marketing.Tests.Recommendations.Learned.Profiles;

public sealed class MessageTermsTests
{
    [Fact]
    public void A_term_counts_as_in_the_newest_message_that_has_it() =>
        Assert.Equal([(1u, 0.5f), (2u, 1f), (3u, 0.5f)], Merge(max: 2, Said(2), Said(1, 2, 3)));

    [Fact]
    public void Older_messages_than_asked_for_are_left_out() =>
        Assert.Equal([(2u, 1f)], Merge(max: 1, Said(2), Said(1, 2, 3)));

    [Fact]
    public void A_rare_term_weighs_more_than_a_common_one_and_an_unheard_one_most()
    {
        var idf = new InverseDocumentFrequency(new Dictionary<uint, int> { [1] = 90, [2] = 5 }, users: 100, texts: []);

        Assert.True(idf.Of(1) < idf.Of(2));
        Assert.True(idf.Of(2) < idf.Of(3));
        Assert.True(idf.Of(1) >= 0);
    }

    private static (uint Term, float Weight)[] Merge(int max, params MessageVector[] newestFirst)
    {
        var pool = ArrayPool<(uint Term, float Weight)>.Shared;
        var merged = MessageTerms.Merge(newestFirst, max, 0.5f, pool, out var count);
        var terms = merged.AsSpan(0, count).ToArray();
        pool.Return(merged);
        return terms;
    }

    private static MessageVector Said(params uint[] terms) =>
        new(new EventId("e"), new UserId("u"), null, DateTimeOffset.UnixEpoch, default, terms);
}
