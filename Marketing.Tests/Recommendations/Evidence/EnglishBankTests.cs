using Marketing.Domain;
using Marketing.Projections.Samples;
using Marketing.Recommendations.Answers;

namespace Marketing.Tests.Recommendations.Evidence;

/// <summary>The sample bank, where everyone speaks English, plus some customers who do not.</summary>
public sealed class EnglishBankTests(EnglishBankTests.Bank bank) : IClassFixture<EnglishBankTests.Bank>
{
    /// <summary>Messages the bank cannot judge: other languages, and text that is no language.</summary>
    public static TheoryData<string> Foreign =>
    [
        "Ich habe meine Karte verloren",
        "Meine Überweisung ist noch nicht angekommen, was soll ich tun?",
        "Welcher Wechselkurs gilt, wenn ich im Ausland bezahle?",
        "He perdido mi tarjeta",
        "Quiero cambiar mi dirección, ¿cómo lo hago?",
        "¿Qué tipo de cambio se aplica cuando pago en el extranjero?",
        "Quel est le taux de change quand je paie à l’étranger ?",
        "Ik ben mijn kaart kwijt en wil een nieuwe",
        "Kartımı kaybettim, ne yapmalıyım?",
        "Tôi bị mất thẻ ngân hàng",
        "カードをなくしました",
        "住所を変更したいです",
        "لقد فقدت بطاقتي",
        "أريد تغيير عنواني",
        "मेरा पता बदलना है",
        "我想更改我的地址",
        "ฉันต้องการเปลี่ยนที่อยู่",
        "카드를 잃어버렸어요",
        "Я хочу изменить свой адрес",
        "asdkjh qwpeoi zxmnc",
        "😀👍🏽",
        "4821334417",
        "7",
        "the of and to in is",
        "what is it that this is",
        "hello",
        "def main(args): return [x for x in range(10)]",
        "https://bank.example/lost-card",
    ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task What_nobody_else_says_does_not_lead(string text)
    {
        foreach (var strategy in new[] { "hybrid", "classic" })
        {
            var answer = await bank.AskAsync(text, strategy);

            Assert.Equal(RecommendationBasis.Popular, answer.Basis);
            Assert.All(answer.Campaigns, campaign => Assert.DoesNotContain("said", campaign.Reason, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task All_whom_it_cannot_judge_get_the_same()
    {
        var answers = new HashSet<string>();
        foreach (string text in Foreign.Select(row => row.Data))
        {
            answers.Add(string.Join(' ', (await bank.AskAsync(text, "hybrid")).Campaigns.Select(campaign => campaign.CampaignId)));
        }

        Assert.Single(answers);
    }

    [Theory]
    [InlineData("my card was declined abroad", "travel-card")]
    [InlineData("<p>My card was <b>declined</b> abroad &mdash; see [this](https://bank.example/1)</p>", "travel-card")]
    [InlineData("what exchange rate do I get in a foreign currency", "travel-card")]
    public async Task What_others_say_leads(string text, string campaign)
    {
        var answer = await bank.AskAsync(text, "hybrid");

        Assert.Equal((RecommendationBasis.Chat, campaign), (answer.Basis, answer.Campaigns[0].CampaignId));
        Assert.Matches("^[1-9][0-9]* (people|person) who said", answer.Campaigns[0].Reason);
    }

    [Fact]
    public async Task Who_speaks_another_language_is_not_similar_to_all_who_do()
    {
        for (var i = 0; i < Bank.Sentences; i++)
        {
            var similar = await bank.SimilarAsync($"ko-{i}");

            // Only the user who said the same.
            Assert.All(similar, user => Assert.Equal($"ko-{i + Bank.Sentences}", user.UserId.Value));
        }
    }

    [Fact]
    public async Task The_sample_user_gets_what_the_front_page_shows()
    {
        var answer = await bank.OfSampleUserAsync();

        Assert.Equal((RecommendationBasis.Chat, "travel-card", "multi-currency"), (answer.Basis, answer.Campaigns[0].CampaignId, answer.Campaigns[1].CampaignId));
        Assert.All(answer.Campaigns, campaign => Assert.Matches("^[0-9]+ people who said similar things clicked or converted; converts at", campaign.Reason));
    }

    [Fact]
    public async Task A_very_long_text_in_the_language_of_the_shop_leads()
    {
        string text = string.Join(' ', Enumerable.Repeat("My card was declined abroad and I do not know why, please help me with the exchange rate.", 80));

        Assert.Equal(RecommendationBasis.Chat, (await bank.AskAsync(text, "hybrid")).Basis);
    }

    /// <summary>The sample world plus fifty customers who speak Korean; learned from once.</summary>
    public sealed class Bank : IAsyncLifetime
    {
        private readonly RecommenderWorld _world = new();
        private int _asked;

        /// <summary>The number of distinct Korean sentences.</summary>
        internal static int Sentences => Korean.Length;

        public async ValueTask InitializeAsync()
        {
            var sample = SampleWorld.Create(_world.Time.GetUtcNow());
            await _world.PutAsync([.. sample.Campaigns]);
            _world.Receive(sample.Interactions);
            for (var i = 0; i < 50; i++)
            {
                _world.Say($"ko-{i}", Korean[i % Korean.Length] + (i < Korean.Length ? "" : $" {i}번"));
                _world.Do($"ko-{i}", InteractionType.Click, sample.Campaigns[i % sample.Campaigns.Count].Id.Value);
            }

            await _world.LearnAsync();
        }

        /// <summary>Returns the answer for a user with only this message, who is then forgotten.</summary>
        internal async Task<Recommendation> AskAsync(string text, string strategy)
        {
            var user = $"asks-{_asked++}";
            _world.Say(user, text);
            var answer = await _world.AskAsync(user, strategy);
            await _world.Get<Marketing.Projections.Users.UserErasure>().EraseAsync(new UserId(user), TestContext.Current.CancellationToken);
            return answer;
        }

        internal Task<Recommendation> OfSampleUserAsync() => _world.AskAsync(SampleWorld.SampleUser.Value, limit: 2);

        internal ValueTask<IReadOnlyList<SimilarUser>> SimilarAsync(string user) =>
            _world.Recommender.SimilarUsersAsync(new UserId(user), 10, TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync() => _world.DisposeAsync();

        private static readonly string[] Korean =
        [
            "주소를 변경하고 싶어요", "택배는 언제 도착하나요", "비밀번호를 어떻게 바꾸나요", "대출 이자가 얼마인가요", "환율이 어떻게 되나요",
            "송금이 아직 안 왔어요", "계좌를 새로 만들고 싶습니다", "앱이 자꾸 꺼져요", "수수료가 왜 나갔나요", "영업시간이 궁금합니다",
            "현금 인출이 안 됩니다", "적금 만기가 언제인가요", "해외에서 결제가 되나요", "본인 인증이 실패했어요", "이체 한도를 올려 주세요",
            "잔액이 맞지 않아요", "자동이체를 해지하고 싶습니다", "영수증을 받을 수 있나요", "보험 상품을 추천해 주세요", "휴대폰 번호가 바뀌었어요",
            "포인트는 어디서 확인하나요", "신용 점수를 알고 싶어요", "학생 통장을 만들 수 있나요", "청구서가 두 번 왔습니다", "외화를 사고 싶습니다",
        ];
    }
}
