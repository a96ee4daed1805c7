using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Learned.Engagement;
using Marketing.Recommendations.Learned.ItemItem;
using Marketing.Recommendations.Learned.Profiles;
using Marketing.Recommendations.Ranking;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Recall.Behaviour;
using Marketing.Recommendations.Recall.CampaignText;
using Marketing.Recommendations.Recall.Popular;
using Marketing.Recommendations.Recall.Profile;
using Marketing.Recommendations.Recall.SimilarUsers;
using Marketing.Recommendations.Recall.Trending;
using Marketing.Recommendations.Strategies;
using Marketing.Recommendations.Strategies.Classic;
using Marketing.Recommendations.Strategies.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations;

/// <summary>Binds every options record to its section and validates it at startup.</summary>
internal static class RecommenderOptionsRegistration
{
    public static void AddRecommenderOptions(this IServiceCollection services)
    {
        services.Bind<PipelineOptions>(PipelineOptions.Section);
        services.Bind<ModelOptions>(ModelOptions.Section);
        services.Bind<EngagementOptions>(EngagementOptions.Section);
        services.Bind<ItemItemOptions>(ItemItemOptions.Section);
        services.Bind<ProfileOptions>(ProfileOptions.Section);
        services.Bind<StrategyOptions>(StrategyOptions.Section);
        services.AddSingleton<IValidateOptions<StrategyOptions>, StrategyOptionsValidator>();
        services.Bind<ClassicOptions>(ClassicOptions.Section);
        services.Bind<HybridOptions>(HybridOptions.Section);
        services.Bind<RankingOptions>(RankingOptions.Section);
        services.Bind<SimilarUsersOptions>(SimilarUsersOptions.Section);
        services.Bind<CampaignTextOptions>(CampaignTextOptions.Section);
        services.Bind<ProfileSourceOptions>(ProfileSourceOptions.Section);
        services.Bind<BehaviourOptions>(BehaviourOptions.Section);
        services.Bind<TrendingOptions>(TrendingOptions.Section);
        services.Bind<PopularOptions>(PopularOptions.Section);
    }

    private static void Bind<TOptions>(this IServiceCollection services, string section)
        where TOptions : class =>
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
