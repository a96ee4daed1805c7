namespace Marketing.Tests.Evaluation;

public sealed class LogReplayTests : EvaluationFolder
{
    [Theory]
    [InlineData("campaigns.ndjson")]
    [InlineData("log.campaigns.ndjson")]
    public async Task What_users_turn_to_next_is_predicted_from_what_they_say(string catalog)
    {
        Write(catalog,
            """{"campaignId": "travel", "name": "Travel card", "text": "no fees abroad"}""",
            """{"campaignId": "home", "name": "Home loan", "text": "buy a house"}""");
        Write("log.ndjson", [
            .. Enumerable.Range(0, 20).SelectMany(user => Story(user, user % 2 == 0 ? "travel" : "home",
                user % 2 == 0 ? "I am going abroad" : "thinking of a house"))]);

        var rows = await EvaluateAsync("log");

        Assert.Equal(4, rows[("all", "hybrid")].GetProperty("n").GetInt32());
        Assert.Equal(1, Metric(rows[("chatted", "hybrid")], "hitrate@1"));
    }

    [Fact]
    public async Task A_line_that_is_no_interaction_is_named_without_what_it_says()
    {
        Write("log.ndjson", """{"userId": "u", "type": "shout", "text": "my secret"}""");

        var (code, output, errors) = await RunAsync("log");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("Line 1 of", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Story(int user, string campaign, string text) =>
    [
        $$"""{"userId": "u{{user}}", "type": "chat", "text": "{{text}}", "occurredAt": "2026-01-01T{{user:00}}:00:00Z"}""",
        $$"""{"userId": "u{{user}}", "type": "convert", "campaignId": "{{campaign}}", "occurredAt": "2026-01-01T{{user:00}}:30:00Z"}""",
    ];
}
