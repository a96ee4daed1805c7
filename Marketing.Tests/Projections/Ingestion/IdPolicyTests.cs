using System.Text.Json;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Projections.Ingestion;

public sealed class IdPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("undefined")]
    [InlineData("NaN")]
    [InlineData("[object Object]")]
    [InlineData("None")]
    [InlineData("nil")]
    [InlineData("true")]
    [InlineData("False")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(" u")]
    [InlineData("u ")]
    [InlineData("u\u00A0")]
    [InlineData("\uFEFFu")]
    [InlineData("u\u200B")]
    [InlineData(" ")]
    public void An_id_that_only_a_bug_sends_is_refused_for_users_campaigns_and_events(string id)
    {
        Assert.Equal("userId", Refuse(id, "c", "e")?.Field);
        Assert.Equal("campaignId", Refuse("u", id, "e")?.Field);
        Assert.Equal("eventId", Refuse("u", "c", id)?.Field);
        Assert.False(new CampaignReader(new InteractionLimits()).TryRead(
            JsonSerializer.SerializeToUtf8Bytes(new { campaignId = id, name = "n" }), null, out _, out var errors));
        Assert.Equal("campaignId", Assert.Single(errors).Field);
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("Guest")]
    [InlineData("unknown")]
    [InlineData("-1")]
    public void A_name_for_nobody_is_no_user_but_may_be_a_campaign(string id)
    {
        Assert.Equal("userId", Refuse(id, "c", "e")?.Field);
        Assert.Null(Refuse("u", id, id));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("nullable")]
    [InlineData("none of them")]
    [InlineData("a b")]
    [InlineData("...")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    public void What_only_resembles_them_is_taken(string id) => Assert.Null(Refuse(id, id, id));

    [Fact]
    public void The_lists_are_settings()
    {
        var own = new InteractionLimits { RefusedIds = ["test"], RefusedUserIds = [""] };
        Assert.Contains("TEST", Refuse("TEST", "c", "e", own)?.Message, StringComparison.Ordinal);
        Assert.Null(Refuse("null", "null", "null", own));
        Assert.Null(Refuse("anonymous", "c", "e", own));
        Assert.Null(Refuse("null", "c", "e", new InteractionLimits { RefusedIds = [""] }));
    }

    private static FieldError? Refuse(string user, string campaign, string id, InteractionLimits? limits = null)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new { eventId = id, userId = user, type = "view", campaignId = campaign });
        return new InteractionReader(limits ?? new InteractionLimits(), new FakeTimeProvider(Now)).TryRead(json, out _, out var error) ? null : error;
    }
}
