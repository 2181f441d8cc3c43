// Prebid.js with what a page of ours needs of it: our bidder, what viewers consent to, the page's floors, and native ads.
import pbjs from 'prebid.js';
import 'prebid.js/modules/consentManagementTcf';
import 'prebid.js/modules/consentManagementUsp';
import 'prebid.js/modules/consentManagementGpp';
import 'prebid.js/modules/nativeRendering';
import 'prebid.js/modules/priceFloors';
import './modules/marquetryBidAdapter.js';

pbjs.processQueue();
